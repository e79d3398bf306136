using Liaison.Testing.Connectors;

namespace Liaison.Salesforce.Tests.Declaration;

/// <summary>The documented field map is written from what the connector declares, so it cannot tell anything else.</summary>
public sealed class FieldMapTests
{
    private const string Introduction = """
        # Salesforce: the field map

        Which field of Salesforce stands behind each canonical one. Every other field of a record, the organisation's own among them, is there
        under its name in Salesforce. Names that end in `__c` are an organisation's own: those are here under which Liaison looks for them, and
        where an organisation has none of that name, its records have no such canonical field. Other types go by the names of their objects
        (`Invoice__c`). What one user really sees, with types, choices and rights, is told by `liaison describe CONNECTION TYPE`.

        """;

    [Fact]
    public void The_document_says_what_the_connector_declares() =>
        FieldMapDocument.ShouldTell(new SalesforceConnector().Descriptor, "docs/reference/salesforce-fields.md", Introduction, "field in Salesforce");
}
