using Liaison.Testing.Connectors.Conformance;

namespace Liaison.HubSpot.Tests.Emulated;

public sealed class September2026TokenLife : TokenLifeConformance<September2026>;

public sealed class March2026TokenLife : TokenLifeConformance<March2026>;

public sealed class LegacyTokenLife : TokenLifeConformance<Legacy>;
