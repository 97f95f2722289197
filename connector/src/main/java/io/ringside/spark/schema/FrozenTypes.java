// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;

/**
 * Frozen types: one value that is written as a whole. Key columns and whatever is inside another
 * type must be frozen; tuples and vectors always are. Pure.
 */
public final class FrozenTypes {
  private FrozenTypes() {}

  /** True for collections, tuples, vectors and user-defined types, frozen already or not. */
  public static boolean canBeFrozen(DataType type) {
    return type instanceof ListType
        || type instanceof SetType
        || type instanceof MapType
        || type instanceof TupleType
        || type instanceof VectorType
        || type instanceof UserDefinedType;
  }

  /**
   * True for a type whose parts are cells of their own. The driver's types are equal whether frozen
   * or not, so they must be asked.
   */
  public static boolean isMultiCell(DataType type) {
    return (type instanceof ListType list && !list.isFrozen())
        || (type instanceof SetType set && !set.isFrozen())
        || (type instanceof MapType map && !map.isFrozen())
        || (type instanceof UserDefinedType udt && !udt.isFrozen());
  }

  /** The type, frozen where it can be. */
  public static DataType frozen(DataType type) {
    if (type instanceof ListType list) {
      return DataTypes.frozenListOf(list.getElementType());
    } else if (type instanceof SetType set) {
      return DataTypes.frozenSetOf(set.getElementType());
    } else if (type instanceof MapType map) {
      return DataTypes.frozenMapOf(map.getKeyType(), map.getValueType());
    } else if (type instanceof UserDefinedType udt) {
      return udt.copy(true);
    }
    return type;
  }
}
