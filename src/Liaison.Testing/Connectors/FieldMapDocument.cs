using System.Text;
using Liaison.Connectors;
using Shouldly;

namespace Liaison.Testing.Connectors;

/// <summary>The documented field map of a connector, written from what it declares, so that it cannot tell anything else.</summary>
public static class FieldMapDocument
{
    /// <summary>Holds the document against the declaration, and leaves what it should say among the artifacts.</summary>
    /// <param name="document">The document's path in the repository.</param>
    /// <param name="introduction">What stands before the tables.</param>
    /// <param name="column">What the CRM calls a field.</param>
    public static void ShouldTell(ConnectorDescriptor descriptor, string document, string introduction, string column)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(introduction);

        var root = FindRoot();
        var actual = Path.Combine(root, "artifacts", Path.GetFileName(document));
        var map = Write(descriptor, introduction, column);
        Directory.CreateDirectory(Path.GetDirectoryName(actual)!);
        File.WriteAllText(actual, map);

        File.ReadAllText(Path.Combine(root, document)).ShouldBe(
            map, $"The map has changed. If it is meant, take it with: cp artifacts/{Path.GetFileName(document)} {document}");
    }

    private static string Write(ConnectorDescriptor descriptor, string introduction, string column)
    {
        var text = new StringBuilder(introduction.ReplaceLineEndings("\n"));
        foreach (var type in descriptor.RecordTypes)
        {
            text.Append('\n').Append("## ").Append(type.Type).Append(" (`").Append(type.NativeName).Append("`)\n\n| field | ").Append(column).Append(" |\n|---|---|\n");
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
