// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** Classes of jars and of this JDK, read when they are asked for. */
final class ClassIndex implements AutoCloseable {
  private final List<JarFile> jars = new ArrayList<>();
  private final Map<String, @Nullable ClassNode> read = new HashMap<>();

  ClassIndex(List<Path> paths) {
    for (Path path : paths) {
      try {
        jars.add(new JarFile(path.toFile()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The class of an internal name, or null when no jar has it. */
  @Nullable ClassNode find(String name) {
    if (!read.containsKey(name)) {
      read.put(name, parse(name));
    }
    return read.get(name);
  }

  private @Nullable ClassNode parse(String name) {
    try (InputStream bytes = open(name + ".class")) {
      if (bytes == null) {
        return null;
      }
      ClassNode node = new ClassNode();
      new ClassReader(bytes).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable InputStream open(String entry) throws IOException {
    for (JarFile jar : jars) {
      if (jar.getEntry(entry) != null) {
        return jar.getInputStream(jar.getEntry(entry));
      }
    }
    return entry.startsWith("java/") ? ClassLoader.getSystemResourceAsStream(entry) : null;
  }

  /** The class and all its superclasses and interfaces that the index has, nearest first. */
  List<ClassNode> lineage(String name) {
    List<ClassNode> lineage = new ArrayList<>();
    collect(name, lineage);
    return lineage;
  }

  private void collect(@Nullable String name, List<ClassNode> lineage) {
    ClassNode node = name == null ? null : find(name);
    if (node == null || lineage.contains(node)) {
      return;
    }
    lineage.add(node);
    collect(node.superName, lineage);
    node.interfaces.forEach(parent -> collect(parent, lineage));
  }

  @Override
  public void close() throws IOException {
    for (JarFile jar : jars) {
      jar.close();
    }
  }
}
