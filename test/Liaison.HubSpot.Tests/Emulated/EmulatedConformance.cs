using Liaison.Testing.Connectors.Conformance;

namespace Liaison.HubSpot.Tests.Emulated;

public sealed class September2026Descriptor : DescriptorConformance<September2026>;

public sealed class September2026Schema : SchemaConformance<September2026>;

public sealed class September2026Pipelines : PipelineConformance<September2026>;

public sealed class September2026Jobs : JobConformance<September2026>;

public sealed class September2026Queries : QueryConformance<September2026>;

public sealed class September2026Reads : ReadConformance<September2026>;

public sealed class September2026Associations : AssociationConformance<September2026>;

public sealed class September2026Writes : WriteConformance<September2026>;

public sealed class September2026Creates : CreateConformance<September2026>;

public sealed class September2026Upserts : UpsertConformance<September2026>;

public sealed class September2026Links : LinkConformance<September2026>;

public sealed class September2026Deletes : DeleteConformance<September2026>;

public sealed class September2026Failures : FailureConformance<September2026>;

public sealed class September2026Capabilities : CapabilityConformance<September2026>;

public sealed class March2026Descriptor : DescriptorConformance<March2026>;

public sealed class March2026Schema : SchemaConformance<March2026>;

public sealed class March2026Pipelines : PipelineConformance<March2026>;

public sealed class March2026Jobs : JobConformance<March2026>;

public sealed class March2026Queries : QueryConformance<March2026>;

public sealed class March2026Reads : ReadConformance<March2026>;

public sealed class March2026Associations : AssociationConformance<March2026>;

public sealed class March2026Writes : WriteConformance<March2026>;

public sealed class March2026Creates : CreateConformance<March2026>;

public sealed class March2026Upserts : UpsertConformance<March2026>;

public sealed class March2026Links : LinkConformance<March2026>;

public sealed class March2026Deletes : DeleteConformance<March2026>;

public sealed class March2026Failures : FailureConformance<March2026>;

public sealed class March2026Capabilities : CapabilityConformance<March2026>;

public sealed class LegacyDescriptor : DescriptorConformance<Legacy>;

public sealed class LegacySchema : SchemaConformance<Legacy>;

public sealed class LegacyPipelines : PipelineConformance<Legacy>;

public sealed class LegacyJobs : JobConformance<Legacy>;

public sealed class LegacyQueries : QueryConformance<Legacy>;

public sealed class LegacyReads : ReadConformance<Legacy>;

public sealed class LegacyAssociations : AssociationConformance<Legacy>;

public sealed class LegacyWrites : WriteConformance<Legacy>;

public sealed class LegacyCreates : CreateConformance<Legacy>;

public sealed class LegacyUpserts : UpsertConformance<Legacy>;

public sealed class LegacyLinks : LinkConformance<Legacy>;

public sealed class LegacyDeletes : DeleteConformance<Legacy>;

public sealed class LegacyFailures : FailureConformance<Legacy>;

public sealed class LegacyCapabilities : CapabilityConformance<Legacy>;
