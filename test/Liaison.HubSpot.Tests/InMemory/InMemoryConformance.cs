using Liaison.Testing.Connectors.Conformance;

namespace Liaison.HubSpot.Tests.InMemory;

public sealed class InMemoryDescriptor : DescriptorConformance<InMemoryFixture>;

public sealed class InMemorySchema : SchemaConformance<InMemoryFixture>;

public sealed class InMemoryPipelines : PipelineConformance<InMemoryFixture>;

public sealed class InMemoryJobs : JobConformance<InMemoryFixture>;

public sealed class InMemoryQueries : QueryConformance<InMemoryFixture>;

public sealed class InMemoryReads : ReadConformance<InMemoryFixture>;

public sealed class InMemoryAssociations : AssociationConformance<InMemoryFixture>;

public sealed class InMemoryWrites : WriteConformance<InMemoryFixture>;

public sealed class InMemoryCreates : CreateConformance<InMemoryFixture>;

public sealed class InMemoryUpserts : UpsertConformance<InMemoryFixture>;

public sealed class InMemoryLinks : LinkConformance<InMemoryFixture>;

public sealed class InMemoryDeletes : DeleteConformance<InMemoryFixture>;

public sealed class InMemoryFailures : FailureConformance<InMemoryFixture>;

public sealed class InMemoryCapabilities : CapabilityConformance<InMemoryFixture>;

public sealed class BareMemoryDescriptor : DescriptorConformance<BareMemoryFixture>;

public sealed class BareMemorySchema : SchemaConformance<BareMemoryFixture>;

public sealed class BareMemoryPipelines : PipelineConformance<BareMemoryFixture>;

public sealed class BareMemoryJobs : JobConformance<BareMemoryFixture>;

public sealed class BareMemoryQueries : QueryConformance<BareMemoryFixture>;

public sealed class BareMemoryReads : ReadConformance<BareMemoryFixture>;

public sealed class BareMemoryAssociations : AssociationConformance<BareMemoryFixture>;

public sealed class BareMemoryWrites : WriteConformance<BareMemoryFixture>;

public sealed class BareMemoryCreates : CreateConformance<BareMemoryFixture>;

public sealed class BareMemoryUpserts : UpsertConformance<BareMemoryFixture>;

public sealed class BareMemoryLinks : LinkConformance<BareMemoryFixture>;

public sealed class BareMemoryDeletes : DeleteConformance<BareMemoryFixture>;

public sealed class BareMemoryFailures : FailureConformance<BareMemoryFixture>;

public sealed class BareMemoryCapabilities : CapabilityConformance<BareMemoryFixture>;
