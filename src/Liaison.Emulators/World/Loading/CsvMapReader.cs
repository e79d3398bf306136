using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Liaison.Emulators.World.Loading;

/// <summary>Reads a map file; what is wrong with it is told with its line and what was expected.</summary>
internal sealed class CsvMapReader
{
    private static readonly string[] s_keys =
        ["delimiter", "no_value", "duplicate_emails", "short_rows", "created", "person", "properties", "constants"];

    private static readonly string[] s_propertyKeys = ["column", "label", "type", "options"];

    private readonly MapNode _root;

    private CsvMapReader(MapNode root) => _root = root;

    public static CsvMap Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);

            return yaml.Documents is [var document, ..]
                ? new CsvMapReader(new MapNode(path, document.RootNode)).Map()
                : throw new WorldLoadException($"{path} is empty; expected a map with 'person' or 'properties'.");
        }
        catch (YamlException exception)
        {
            throw new WorldLoadException($"{path}, line {exception.Start.Line}: expected YAML: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WorldLoadException($"{path} does not exist; expected a map file.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new WorldLoadException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    private CsvMap Map()
    {
        _root.KnowsOnly(s_keys);
        _root.Find("created")?.OneOf("now");
        var noValue = _root.Find("no_value")?.Texts() ?? CsvMap.UsualNoValue;

        var map = new CsvMap(
            Delimiter(),
            noValue.ToHashSet(StringComparer.OrdinalIgnoreCase),
            _root.Find("duplicate_emails")?.OneOf("quarantine", "drop_email") == "drop_email",
            _root.Find("short_rows")?.OneOf("quarantine", "pad") == "pad",
            [.. Entries("person").Select(entry => new MappedField(PersonField(entry), entry.Value.Text(), entry.Value.Line))],
            [.. Entries("properties").Select(Property)],
            [.. Entries("constants").Select(Constant)]);

        return map.Person.Count + map.Properties.Count > 0
            ? map
            : throw _root.Wrong("expected at least one column under 'person' or 'properties'");
    }

    private char? Delimiter() => _root.Find("delimiter")?.OneOf("auto", ",", ";", "|", "tab", "\t") switch
    {
        null or "auto" => null,
        "tab" => '\t',
        { } mark => mark[0],
    };

    private IEnumerable<MapEntry> Entries(string key) => _root.Find(key)?.Entries() ?? [];

    private static string PersonField(MapEntry entry) =>
        PersonFields.Names.Contains(entry.Key)
            ? entry.Key
            : throw entry.Value.Wrong($"'{entry.Key}' is no field of a person; expected one of {string.Join(", ", PersonFields.Names.Order())}");

    private static MappedProperty Property(MapEntry entry)
    {
        entry.Value.KnowsOnly(s_propertyKeys);
        var column = entry.Value.Find("column")?.Text() ?? throw entry.Value.Wrong($"the property '{entry.Key}' expects a 'column'");

        if (entry.Key.Length == 0 || !entry.Key.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'))
        {
            throw entry.Value.Wrong($"'{entry.Key}' is no native name; expected lower-case letters, digits and underscores");
        }

        return new MappedProperty(
            entry.Key, column, entry.Value.Find("label")?.Text() ?? column, Kind(entry.Value.Find("type")),
            entry.Value.Find("options")?.Texts() ?? [], entry.Value.Line);
    }

    private static LoadedKind Kind(MapNode? type) => type?.OneOf("text", "number", "flag", "enumeration") switch
    {
        "number" => LoadedKind.Number,
        "flag" => LoadedKind.Flag,
        "enumeration" => LoadedKind.Option,
        _ => LoadedKind.Text,
    };

    private static MappedConstant Constant(MapEntry entry)
    {
        var value = entry.Value.Text();

        return PersonFields.Accepts(PersonField(entry), value)
            ? new MappedConstant(entry.Key, value)
            : throw entry.Value.Wrong($"'{value}' does not fit '{entry.Key}'; expected {PersonFields.Expected(entry.Key)}");
    }
}
