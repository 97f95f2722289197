// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** Resolves the jars of a Cassandra server as Maven does, with the user's own settings. */
final class ServerJars {
  private ServerJars() {}

  /**
   * The class path of a version.
   *
   * @throws IllegalStateException when Maven does not find all of it
   */
  static List<Path> of(String version) {
    ContextOverrides.Builder overrides = ContextOverrides.create().withUserSettings(true);
    String repository = System.getProperty("maven.repo.local");
    if (repository != null && !repository.isBlank()) {
      overrides = overrides.withLocalRepositoryOverride(Path.of(repository));
    }
    String coordinates = "org.apache.cassandra:cassandra-all:" + version;
    try (Context maven = Runtimes.INSTANCE.getRuntime().create(overrides.build())) {
      CollectRequest wanted = new CollectRequest();
      wanted.setRoot(new Dependency(new DefaultArtifact(coordinates), "runtime"));
      wanted.setRepositories(maven.remoteRepositories());
      return maven
          .repositorySystem()
          .resolveDependencies(maven.repositorySystemSession(), new DependencyRequest(wanted, null))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .map(artifact -> artifact.getFile().toPath())
          .toList();
    } catch (DependencyResolutionException e) {
      throw new IllegalStateException(
          "Cannot start Cassandra: Maven does not find %s. Check the version and the network."
              .formatted(coordinates),
          e);
    }
  }
}
