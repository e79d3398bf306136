using System.Text;

namespace Liaison.HubSpot.Tests.Declaration;

/// <summary>The documented field map is written from what the connector declares, so it cannot tell anything else.</summary>
public sealed class FieldMapTests
{
    private const string Document = "docs/reference/hubspot-fields.md";

    private const string Introduction = """
        # HubSpot: the field map

        Which HubSpot property stands behind each canonical field. Every other property of a record, the account's own among them, is
        there under its native name; one that is named like a canonical field is `native.` and its name. Other types, custom objects among
        them, go by their native names (`p_invoice`, `2-123`). What one account really has, with types, options and rights, is told by
        `liaison describe CONNECTION TYPE`.

        """;

    [Fact]
    public void The_document_says_what_the_connector_declares()
    {
        var root = FindRoot();
        var actual = Path.Combine(root, "artifacts", "hubspot-fields.md");
        var map = Write();
        Directory.CreateDirectory(Path.GetDirectoryName(actual)!);
        File.WriteAllText(actual, map);

        File.ReadAllText(Path.Combine(root, Document)).ShouldBe(
            map, $"The map has changed. If it is meant, take it with: cp artifacts/hubspot-fields.md {Document}");
    }

    private static string Write()
    {
        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        foreach (var type in new HubSpotConnector().Descriptor.RecordTypes)
        {
            text.Append('\n').Append("## ").Append(type.Type).Append(" (`").Append(type.NativeName).Append("`)\n\n| field | property |\n|---|---|\n");
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
