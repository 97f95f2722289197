// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.VectorType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.io.OutputStream;
import java.io.Serializable;

/**
 * A driver data type on its way to executors.
 *
 * <p>A holder of its own because the driver's vector type, at whatever depth, is not {@link
 * Serializable} (4.19.3): it travels as its element type and length.
 */
public record CqlType(DataType type) implements Serializable {
  private Object writeReplace() throws ObjectStreamException {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (VectorReplacingStream out = new VectorReplacingStream(bytes)) {
        out.writeObject(type);
      }
      return new Serialized(bytes.toByteArray());
    } catch (IOException e) {
      throw new InvalidObjectException(type + ": " + e.getMessage());
    }
  }

  private static final class Serialized implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    Serialized(byte[] bytes) {
      this.bytes = bytes;
    }

    private Object readResolve() throws ObjectStreamException {
      try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
        return new CqlType((DataType) in.readObject());
      } catch (IOException | ClassNotFoundException e) {
        throw new InvalidObjectException("CQL type: " + e.getMessage());
      }
    }
  }

  private static final class VectorReplacingStream extends ObjectOutputStream {
    VectorReplacingStream(OutputStream out) throws IOException {
      super(out);
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) {
      return object instanceof VectorType vector
          ? new Vector(vector.getElementType(), vector.getDimensions())
          : object;
    }
  }

  private record Vector(DataType element, int dimensions) implements Serializable {
    private Object readResolve() {
      return DataTypes.vectorOf(element, dimensions);
    }
  }
}
