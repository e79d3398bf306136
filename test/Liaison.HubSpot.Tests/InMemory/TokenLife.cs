using Liaison.Testing.Connectors.Conformance;

namespace Liaison.HubSpot.Tests.InMemory;

public sealed class InMemoryTokenLife : TokenLifeConformance<InMemoryFixture>;

public sealed class BareMemoryTokenLife : TokenLifeConformance<BareMemoryFixture>;
