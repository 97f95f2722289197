// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Looks for what the JVM would only notice when a class is used: classes, methods and fields of
 * Spark or Scala that the connector's own classes name but a version does not have, and abstract
 * methods of a version that they do not implement.
 */
final class LinkCheck {
  private static final String OWN = "io/ringside/spark/";

  private final ClassIndex index;
  private final Set<String> problems = new TreeSet<>();

  private LinkCheck(ClassIndex index) {
    this.index = index;
  }

  /**
   * The problems of a connector's jar with a Spark, sorted; empty when it links.
   *
   * @param spark the jars of a Spark and its Scala library
   * @param loadable whether this Spark ever loads an own class, by its internal name
   */
  static Set<String> problems(Path connector, List<Path> spark, Predicate<String> loadable) {
    List<Path> all = new ArrayList<>(spark);
    all.add(connector);
    try (ClassIndex index = new ClassIndex(all)) {
      LinkCheck check = new LinkCheck(index);
      ownClasses(connector).stream().filter(loadable).forEach(check::check);
      return check.problems;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> ownClasses(Path connector) throws IOException {
    Set<String> names = new HashSet<>();
    try (JarFile jar = new JarFile(connector.toFile())) {
      jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(OWN) && name.endsWith(".class"))
          .filter(name -> !name.endsWith("package-info.class"))
          .forEach(name -> names.add(name.substring(0, name.length() - ".class".length())));
    }
    return names;
  }

  private void check(String name) {
    ClassNode own = index.find(name);
    if (own == null) {
      throw new IllegalStateException(name);
    }
    checkClass(name, own.superName);
    own.interfaces.forEach(parent -> checkClass(name, parent));
    for (MethodNode method : own.methods) {
      for (AbstractInsnNode instruction : method.instructions) {
        if (instruction instanceof MethodInsnNode call) {
          checkMember(name, call.owner, call.name, call.desc, true);
        } else if (instruction instanceof FieldInsnNode access) {
          checkMember(name, access.owner, access.name, access.desc, false);
        } else if (instruction instanceof TypeInsnNode type) {
          checkClass(name, type.desc);
        }
      }
    }
    if ((own.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0) {
      checkImplementations(name);
    }
  }

  private static boolean isForeign(@Nullable String owner) {
    return owner != null && (owner.startsWith("org/apache/spark/") || owner.startsWith("scala/"));
  }

  private void checkClass(String user, @Nullable String used) {
    String name = used != null && used.startsWith("[") ? elementOf(used) : used;
    if (isForeign(name) && index.find(String.valueOf(name)) == null) {
      problems.add(user + " needs class " + name);
    }
  }

  private static @Nullable String elementOf(String array) {
    Type element = Type.getType(array).getElementType();
    return element.getSort() == Type.OBJECT ? element.getInternalName() : null;
  }

  private void checkMember(
      String user, String owner, String name, String descriptor, boolean method) {
    if (!isForeign(owner)) {
      return;
    }
    checkClass(user, owner);
    for (ClassNode node : index.lineage(owner)) {
      boolean found =
          method
              ? node.methods.stream()
                  .anyMatch(m -> m.name.equals(name) && m.desc.equals(descriptor))
              : node.fields.stream()
                  .anyMatch(f -> f.name.equals(name) && f.desc.equals(descriptor));
      if (found) {
        return;
      }
    }
    problems.add(user + " needs " + owner + '.' + name + descriptor);
  }

  private void checkImplementations(String name) {
    List<ClassNode> lineage = index.lineage(name);
    Set<String> implemented = new HashSet<>();
    for (ClassNode node : lineage) {
      for (MethodNode method : node.methods) {
        if ((method.access & Opcodes.ACC_ABSTRACT) == 0) {
          implemented.add(method.name + method.desc);
        }
      }
    }
    for (ClassNode node : lineage) {
      if (isForeign(node.name)) {
        for (MethodNode method : node.methods) {
          if ((method.access & Opcodes.ACC_ABSTRACT) != 0
              && !implemented.contains(method.name + method.desc)) {
            problems.add(name + " lacks " + node.name + '.' + method.name + method.desc);
          }
        }
      }
    }
  }
}
