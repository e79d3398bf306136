using System.Globalization;

namespace Liaison.Emulators.Salesforce.Http;

/// <summary>The API versions that the org serves (contract section 2).</summary>
internal sealed class Versions(int newest)
{
    /// <summary>The oldest that is served; those before were retired.</summary>
    public const int Oldest = 31;

    private static readonly string[] Seasons = ["Spring", "Summer", "Winter"];

    public int Newest => newest;

    /// <summary>Lists the versions; asked without a token and without being counted.</summary>
    public Reply List() => Reply.Ok(json =>
    {
        json.WriteStartArray();
        for (var version = Oldest; version <= newest; version++)
        {
            json.WriteStartObject();
            json.WriteString("label", Label(version));
            json.WriteString("url", $"/services/data/v{version}.0");
            json.WriteString("version", $"{version}.0");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public Reply? Refuse(string version)
    {
        if (!version.EndsWith(".0", StringComparison.Ordinal) || !int.TryParse(version.AsSpan(0, version.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > newest || number < 7)
        {
            return Reply.NotFound();
        }

        return number < Oldest ? Reply.Refuse(410, "UNSUPPORTED_API_VERSION", $"The requested API version {version} has been retired.") : null;
    }

    /// <summary>Names a version by its release: 31 is Summer '14, three a year from there.</summary>
    private static string Label(int version)
    {
        var season = Seasons[(version - 30) % 3];
        var year = 14 + ((version - 30) / 3) + (season == "Winter" ? 1 : 0);

        // One release is spelled with a typographic apostrophe in live lists.
        var apostrophe = version == 42 ? "’" : "'";
        return $"{season} {apostrophe}{year}";
    }
}
