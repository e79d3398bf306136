using Liaison.Testing.Connectors.Conformance;

namespace Liaison.HubSpot.Tests.InMemory;

public sealed class InMemoryDescriptor : DescriptorConformance<InMemoryFixture>;

public sealed class InMemorySchema : SchemaConformance<InMemoryFixture>;

public sealed class InMemoryQueries : QueryConformance<InMemoryFixture>;

public sealed class InMemoryReads : ReadConformance<InMemoryFixture>;

public sealed class InMemoryAssociations : AssociationConformance<InMemoryFixture>;

public sealed class InMemoryWrites : WriteConformance<InMemoryFixture>;

public sealed class InMemoryFailures : FailureConformance<InMemoryFixture>;

public sealed class InMemoryCapabilities : CapabilityConformance<InMemoryFixture>;
