using System.Text.RegularExpressions;

namespace Liaison.Emulators.Hosting;

/// <summary>Patterns of operations, such as "POST /crm/objects/*/batch/update": an asterisk stands for anything, and so does what is left out at the ends.</summary>
internal static class Wildcard
{
    /// <summary>Reads a pattern; <see langword="null"/>, which fits all, for none.</summary>
    public static Regex? Of(string? pattern) => string.IsNullOrEmpty(pattern) ? null
        : new Regex(Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal), RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
}
