// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.ringside.spark.ring.PlantedClass;
import io.ringside.spark.ring.PlantedPartner;
import io.ringside.spark.types.PlantedEncoderUser;
import io.ringside.spark.types.encode.PlantedVectorUser;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of {@link ArchitectureTest} fail when a class breaks them. */
class ArchitectureRulesTest {
  private static final JavaClasses PLANTED =
      new ClassFileImporter().importClasses(PlantedClass.class, PlantedPartner.class);

  private static List<String> violations(ArchRule rule) {
    return violations(rule, PLANTED);
  }

  private static List<String> violations(ArchRule rule, JavaClasses planted) {
    return rule.evaluate(planted).getFailureReport().getDetails();
  }

  @Test
  void layersFailWhenAnArrowPointsUp() {
    assertThat(violations(ArchitectureTest.LAYERS))
        .isNotEmpty()
        .allMatch(text -> text.startsWith("read does not lie below ring: "));
  }

  @Test
  void layersFailBetweenPackagesInsideOfOne() {
    assertThat(
            violations(
                ArchitectureTest.LAYERS,
                new ClassFileImporter().importClasses(PlantedVectorUser.class)))
        .isNotEmpty()
        .allMatch(text -> text.startsWith("types.vector does not lie below types.encode: "));
    assertThat(
            violations(
                ArchitectureTest.LAYERS,
                new ClassFileImporter().importClasses(PlantedEncoderUser.class)))
        .isNotEmpty()
        .allMatch(text -> text.startsWith("types.encode does not lie below types: "));
  }

  @Test
  void cyclesFailWhenTwoClassesDependOnEachOther() {
    assertThat(violations(ArchitectureTest.NO_CYCLES_OF_CLASSES))
        .contains(
            "%s is in a cycle with %s"
                .formatted(PlantedClass.class.getName(), PlantedPartner.class.getName()),
            "%s is in a cycle with %s"
                .formatted(PlantedPartner.class.getName(), PlantedClass.class.getName()));
  }
}
