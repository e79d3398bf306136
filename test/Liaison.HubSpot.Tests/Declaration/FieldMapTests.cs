using Liaison.Testing.Connectors;

namespace Liaison.HubSpot.Tests.Declaration;

/// <summary>The documented field map is written from what the connector declares, so it cannot tell anything else.</summary>
public sealed class FieldMapTests
{
    private const string Introduction = """
        # HubSpot: the field map

        Which HubSpot property stands behind each canonical field. Every other property of a record, the account's own among them, is
        there under its native name; one that is named like a canonical field is `native.` and its name. Other types, custom objects among
        them, go by their native names (`p_invoice`, `2-123`). What one account really has, with types, options and rights, is told by
        `liaison describe CONNECTION TYPE`.

        """;

    [Fact]
    public void The_document_says_what_the_connector_declares() =>
        FieldMapDocument.ShouldTell(new HubSpotConnector().Descriptor, "docs/reference/hubspot-fields.md", Introduction, "property");
}
