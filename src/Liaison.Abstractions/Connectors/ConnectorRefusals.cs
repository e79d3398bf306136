using Liaison.Failures;

namespace Liaison.Connectors;

/// <summary>What a session answers where its connector leaves a part of the contract out.</summary>
internal static class ConnectorRefusals
{
    internal static Failure NoPipelines { get; } = new(
        FailureKind.Unsupported, "This connector does not tell the pipelines of record types; the choices of a stage field stand in its schema.");

    internal static Failure NoUpsert { get; } = new(
        FailureKind.Unsupported, "This connector does not find or write records by a unique field; read them by id or by a query.");
}
