using Liaison.Testing.Connectors.Conformance;

namespace Liaison.Salesforce.Tests.Emulated;

public sealed class RolesV66Descriptor : DescriptorConformance<RolesV66>;

public sealed class RolesV66Schema : SchemaConformance<RolesV66>;

public sealed class RolesV66Pipelines : PipelineConformance<RolesV66>;

public sealed class RolesV66Jobs : JobConformance<RolesV66>;

public sealed class RolesV66Queries : QueryConformance<RolesV66>;

public sealed class RolesV66Reads : ReadConformance<RolesV66>;

public sealed class RolesV66Associations : AssociationConformance<RolesV66>;

public sealed class RolesV66Writes : WriteConformance<RolesV66>;

public sealed class RolesV66Creates : CreateConformance<RolesV66>;

public sealed class RolesV66Upserts : UpsertConformance<RolesV66>;

public sealed class RolesV66Links : LinkConformance<RolesV66>;

public sealed class RolesV66Deletes : DeleteConformance<RolesV66>;

public sealed class RolesV66Failures : FailureConformance<RolesV66>;

public sealed class RolesV66Capabilities : CapabilityConformance<RolesV66>;

public sealed class FieldsV60Descriptor : DescriptorConformance<FieldsV60>;

public sealed class FieldsV60Schema : SchemaConformance<FieldsV60>;

public sealed class FieldsV60Pipelines : PipelineConformance<FieldsV60>;

public sealed class FieldsV60Jobs : JobConformance<FieldsV60>;

public sealed class FieldsV60Queries : QueryConformance<FieldsV60>;

public sealed class FieldsV60Reads : ReadConformance<FieldsV60>;

public sealed class FieldsV60Associations : AssociationConformance<FieldsV60>;

public sealed class FieldsV60Writes : WriteConformance<FieldsV60>;

public sealed class FieldsV60Creates : CreateConformance<FieldsV60>;

public sealed class FieldsV60Upserts : UpsertConformance<FieldsV60>;

public sealed class FieldsV60Links : LinkConformance<FieldsV60>;

public sealed class FieldsV60Deletes : DeleteConformance<FieldsV60>;

public sealed class FieldsV60Failures : FailureConformance<FieldsV60>;

public sealed class FieldsV60Capabilities : CapabilityConformance<FieldsV60>;
