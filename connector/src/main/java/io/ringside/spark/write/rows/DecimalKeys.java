// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import java.util.Arrays;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/** Finds decimals in types: one number has many forms there, one for each scale. Driver only. */
final class DecimalKeys {
  private DecimalKeys() {}

  /** Whether values of a CQL type are decimals or have some inside. */
  static boolean holdsDecimals(com.datastax.oss.driver.api.core.type.DataType type) {
    if (type instanceof ListType list) {
      return holdsDecimals(list.getElementType());
    } else if (type instanceof SetType set) {
      return holdsDecimals(set.getElementType());
    } else if (type instanceof VectorType vector) {
      return holdsDecimals(vector.getElementType());
    } else if (type instanceof MapType map) {
      return holdsDecimals(map.getKeyType()) || holdsDecimals(map.getValueType());
    } else if (type instanceof TupleType tuple) {
      return tuple.getComponentTypes().stream().anyMatch(DecimalKeys::holdsDecimals);
    } else if (type instanceof UserDefinedType udt) {
      return udt.getFieldTypes().stream().anyMatch(DecimalKeys::holdsDecimals);
    }
    return type.equals(DataTypes.DECIMAL);
  }

  /** Whether all decimals of a Spark type have a scale; whole numbers have the scale 0. */
  static boolean haveScale(DataType type, int scale) {
    if (type instanceof DecimalType decimal) {
      return decimal.scale() == scale;
    } else if (type instanceof ArrayType array) {
      return haveScale(array.elementType(), scale);
    } else if (type instanceof org.apache.spark.sql.types.MapType map) {
      return haveScale(map.keyType(), scale) && haveScale(map.valueType(), scale);
    } else if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).allMatch(field -> haveScale(field.dataType(), scale));
    }
    return scale == 0 || !TimeEncoders.isInteger(type);
  }
}
