using System.Text;

namespace Liaison.Salesforce.Tests.Declaration;

/// <summary>The documented field map is written from what the connector declares, so it cannot tell anything else.</summary>
public sealed class FieldMapTests
{
    private const string Document = "docs/reference/salesforce-fields.md";

    private const string Introduction = """
        # Salesforce: the field map

        Which field of Salesforce stands behind each canonical one. Every other field of a record, the organisation's own among them, is there
        under its name in Salesforce. Names that end in `__c` are an organisation's own: those are here under which Liaison looks for them, and
        where an organisation has none of that name, its records have no such canonical field. Other types go by the names of their objects
        (`Invoice__c`). What one user really sees, with types, choices and rights, is told by `liaison describe CONNECTION TYPE`.

        """;

    [Fact]
    public void The_document_says_what_the_connector_declares()
    {
        var root = FindRoot();
        var actual = Path.Combine(root, "artifacts", "salesforce-fields.md");
        var map = Write();
        Directory.CreateDirectory(Path.GetDirectoryName(actual)!);
        File.WriteAllText(actual, map);

        File.ReadAllText(Path.Combine(root, Document)).ShouldBe(
            map, $"The map has changed. If it is meant, take it with: cp artifacts/salesforce-fields.md {Document}");
    }

    private static string Write()
    {
        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        foreach (var type in new SalesforceConnector().Descriptor.RecordTypes)
        {
            text.Append('\n').Append("## ").Append(type.Type).Append(" (`").Append(type.NativeName).Append("`)\n\n| field | field in Salesforce |\n|---|---|\n");
            foreach (var (name, native) in type.FieldNames.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                text.Append("| `").Append(name).Append("` | `").Append(native).Append("` |\n");
            }
        }

        return text.ToString();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Liaison.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The test reads the repository's documents and found no Liaison.slnx above it.");
        }

        return folder.FullName;
    }
}
