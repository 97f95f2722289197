// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.maven;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;

/**
 * Resolves artifacts as Maven does, with the user's own settings and the local repository of the
 * property {@code maven.repo.local}.
 */
public final class MavenArtifacts {
  private MavenArtifacts() {}

  /**
   * The jars of artifacts and of everything that they need at run time, each in one version.
   *
   * @param coordinates {@code group:artifact:version} of each
   * @throws IllegalStateException when Maven does not find all of it
   */
  public static List<Path> classPath(String... coordinates) {
    try (Context maven = context()) {
      CollectRequest wanted = new CollectRequest();
      for (String one : coordinates) {
        wanted.addDependency(new Dependency(new DefaultArtifact(one), "runtime"));
      }
      wanted.setRepositories(maven.remoteRepositories());
      return paths(
          maven
              .repositorySystem()
              .resolveDependencies(
                  maven.repositorySystemSession(), new DependencyRequest(wanted, null))
              .getArtifactResults());
    } catch (RepositoryException e) {
      throw notFound(String.join(", ", coordinates), e);
    }
  }

  /** The jars of these artifacts, without what they need. */
  public static List<Path> jars(List<String> coordinates) {
    try (Context maven = context()) {
      List<ArtifactRequest> wanted =
          coordinates.stream()
              .map(
                  one ->
                      new ArtifactRequest(
                          new DefaultArtifact(one), maven.remoteRepositories(), null))
              .toList();
      return paths(
          maven.repositorySystem().resolveArtifacts(maven.repositorySystemSession(), wanted));
    } catch (RepositoryException e) {
      throw notFound(coordinates.toString(), e);
    }
  }

  private static Context context() {
    ContextOverrides.Builder overrides = ContextOverrides.create().withUserSettings(true);
    String repository = System.getProperty("maven.repo.local", "");
    if (repository.isBlank()) {
      // Maven itself reads the property too and takes a blank one for the current folder.
      System.clearProperty("maven.repo.local");
    } else {
      overrides = overrides.withLocalRepositoryOverride(Path.of(repository));
    }
    return Runtimes.INSTANCE.getRuntime().create(overrides.build());
  }

  private static List<Path> paths(List<ArtifactResult> results) {
    return results.stream().map(result -> result.getArtifact().getFile().toPath()).toList();
  }

  private static IllegalStateException notFound(String coordinates, RepositoryException cause) {
    return new IllegalStateException(
        "Cannot find %s: Maven answers: %s. Check the version and the network."
            .formatted(coordinates, cause.getMessage()),
        cause);
  }
}
