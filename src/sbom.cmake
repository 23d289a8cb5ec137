# SPDX-License-Identifier: Apache-2.0
# The software bill of materials in the form CycloneDX 1.5: what the program is linked with, or made of, in this build.
# It holds no time and no path, so that two builds of the same source make the same file.

# seatlint_sbom(OUTPUT_FILE NAME VERSION LICENSE ...): three words for each library.
function(seatlint_sbom output)
  set(components "")
  set(references "")
  set(rest ${ARGN})
  while(rest)
    list(POP_FRONT rest name version license)
    string(APPEND components "${separator}
    {
      \"type\": \"library\",
      \"bom-ref\": \"${name}@${version}\",
      \"name\": \"${name}\",
      \"version\": \"${version}\",
      \"licenses\": [{\"expression\": \"${license}\"}],
      \"purl\": \"pkg:generic/${name}@${version}\"
    }")
    string(APPEND references "${separator}\"${name}@${version}\"")
    set(separator ",")
  endwhile()
  set(program "seatlint@${PROJECT_VERSION}")
  # The serial number names this very content.
  string(UUID serial NAMESPACE 6ba7b810-9dad-11d1-80b4-00c04fd430c8 NAME "${program}${components}" TYPE SHA1)
  file(CONFIGURE OUTPUT ${output} CONTENT "{
  \"bomFormat\": \"CycloneDX\",
  \"specVersion\": \"1.5\",
  \"serialNumber\": \"urn:uuid:${serial}\",
  \"version\": 1,
  \"metadata\": {
    \"component\": {
      \"type\": \"application\",
      \"bom-ref\": \"${program}\",
      \"name\": \"seatlint\",
      \"version\": \"${PROJECT_VERSION}\",
      \"description\": \"${PROJECT_DESCRIPTION}\",
      \"licenses\": [{\"expression\": \"Apache-2.0\"}]
    }
  },
  \"components\": [${components}
  ],
  \"dependencies\": [{\"ref\": \"${program}\", \"dependsOn\": [${references}]}]
}
" @ONLY)
endfunction()
