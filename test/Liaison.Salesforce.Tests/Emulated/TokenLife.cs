using Liaison.Testing.Connectors.Conformance;

namespace Liaison.Salesforce.Tests.Emulated;

public sealed class RolesV66TokenLife : TokenLifeConformance<RolesV66>;

public sealed class FieldsV60TokenLife : TokenLifeConformance<FieldsV60>;
