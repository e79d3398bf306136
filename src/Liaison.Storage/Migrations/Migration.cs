using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Liaison.Storage.Migrations;

/// <summary>One step of a provider's schema.</summary>
/// <param name="Version">From 1, without gaps; the digits that the file's name begins with.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Checksum">SHA-256 over the text with line feeds, in lower-case hex.</param>
internal sealed record Migration(int Version, string Name, string Sql, string Checksum)
{
    /// <summary>Reads the steps that are embedded under a provider's folder, in order.</summary>
    public static IReadOnlyList<Migration> Embedded(string provider)
    {
        var assembly = typeof(Migration).Assembly;
        var prefix = $"Liaison.Storage.{provider}.Migrations.";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Of(name[prefix.Length..], TextOf(assembly, name)))];
    }

    public static Migration Of(string name, string text)
    {
        // A checkout may have turned line feeds into carriage returns; that is no change of the schema.
        var sql = text.ReplaceLineEndings("\n");
        return new Migration(
            int.Parse(name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal)), CultureInfo.InvariantCulture),
            name,
            sql,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }

    private static string TextOf(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <summary>A step as a database remembers it.</summary>
internal sealed record AppliedMigration(int Version, string Name, string Checksum);
