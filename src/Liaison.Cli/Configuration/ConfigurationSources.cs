using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Liaison.Cli.Configuration;

/// <summary>Where each key of the configuration stands: its path beside the file and line.</summary>
internal sealed class ConfigurationSources
{
    private readonly Dictionary<string, string> places = new(StringComparer.Ordinal);
    private readonly List<string> empty = [];

    /// <summary>Gets one sentence for each key that nothing stands behind.</summary>
    public IReadOnlyList<string> Empty => empty;

    /// <summary>Takes up a file whose keys stand under a path of the whole.</summary>
    /// <param name="path">Where the file's content belongs, as in <c>scorecards[0]</c>; empty for the configuration itself.</param>
    public void Add(string file, string path)
    {
        var stream = new YamlStream();
        try
        {
            using var text = File.OpenText(file);
            stream.Load(text);
        }
        catch (YamlException)
        {
            // A file that is no YAML has been refused already, with its line.
            return;
        }

        places[path] = $"{file}:1";
        if (stream.Documents is [var document, ..])
        {
            Walk(document.RootNode, path, file);
        }
    }

    /// <summary>Puts file and line before a fault that begins with the path of its key.</summary>
    /// <remarks>Of a key that is left out the nearest one around it is told.</remarks>
    public string Locate(string fault)
    {
        var nearest = places.Keys.Where(path => IsBeginning(path, fault)).MaxBy(path => path.Length);
        return nearest is null ? fault : $"{places[nearest]}: {fault}";
    }

    private void Walk(YamlNode node, string path, string file)
    {
        if (node is YamlMappingNode mapping)
        {
            foreach (var (key, value) in mapping.Children.Where(child => child.Key is YamlScalarNode))
            {
                Note(path.Length == 0 ? $"{key}" : $"{path}.{key}", key, value, file);
            }
        }

        if (node is YamlSequenceNode sequence)
        {
            foreach (var (index, value) in sequence.Children.Index())
            {
                Note(string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), value, value, file);
            }
        }
    }

    private void Note(string path, YamlNode at, YamlNode value, string file)
    {
        places[path] = string.Create(CultureInfo.InvariantCulture, $"{file}:{at.Start.Line}");
        if (value is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" })
        {
            empty.Add($"{path}: nothing stands here; give it a value or leave the key out.");
        }

        Walk(value, path, file);
    }

    private static bool IsBeginning(string path, string fault) =>
        fault.StartsWith(path, StringComparison.Ordinal) && (path.Length == 0 || path.Length == fault.Length || fault[path.Length] is ':' or '.' or '[');
}
