using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Liaison.Audit;

/// <summary>The folder outside the database that holds what the database is held against: keys and the newest checkpoint.</summary>
/// <remarks>
/// <c>audit-signing.pem</c> is the private key, <c>audit-public/</c> the public key of every key that ever signed,
/// <c>audit-head.json</c> the newest checkpoint. Who can write here can forge the audit.
/// </remarks>
public sealed class AuditKeyFolder(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string SigningFile => Path.Combine(path, "audit-signing.pem");

    private string PublicFolder => Path.Combine(path, "audit-public");

    private string HeadFile => Path.Combine(path, "audit-head.json");

    /// <summary>Opens the signing key, making it on first use; its public half is kept for good.</summary>
    /// <exception cref="CryptographicException">The file holds no private key on P-256.</exception>
    public AuditSigningKey OpenSigningKey()
    {
        if (!File.Exists(SigningFile))
        {
            using var made = AuditSigningKey.Create();
            Place(SigningFile, made.PrivatePem(), overwrite: false);
        }

        var key = AuditSigningKey.FromPem(File.ReadAllText(SigningFile));
        Remember(key);
        return key;
    }

    /// <summary>Keeps the public half of a key, so that what it signed stays verifiable when another has taken its place.</summary>
    public void Remember(AuditSigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var file = Path.Combine(PublicFolder, key.Id + ".pem");
        if (!File.Exists(file))
        {
            Place(file, key.PublicPem, overwrite: false);
        }
    }

    /// <summary>Reads the public keys of every key that ever signed here; none where nothing was signed yet.</summary>
    /// <exception cref="CryptographicException">A file holds something else.</exception>
    public AuditPublicKeys ReadPublicKeys() => AuditPublicKeys.FromPem(
        Directory.Exists(PublicFolder)
            ? string.Concat(Directory.EnumerateFiles(PublicFolder, "*.pem").Order(StringComparer.Ordinal).Select(File.ReadAllText))
            : "");

    /// <summary>Reads the newest checkpoint as it was noted outside the database; <see langword="null"/> where none was.</summary>
    /// <exception cref="IOException">The file cannot be read as a checkpoint.</exception>
    public AuditCheckpoint? ReadHead()
    {
        try
        {
            return File.Exists(HeadFile)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(HeadFile), AuditHeadJson.Default.AuditCheckpoint)
                : null;
        }
        catch (JsonException wrong)
        {
            throw new IOException($"{HeadFile} holds no checkpoint; without it a cut of the newest entries is not seen.", wrong);
        }
    }

    /// <summary>Notes the newest checkpoint; a reader finds the old one or the new one whole.</summary>
    internal void WriteHead(AuditCheckpoint checkpoint) =>
        Place(HeadFile, JsonSerializer.Serialize(checkpoint, AuditHeadJson.Default.AuditCheckpoint) + "\n", overwrite: true);

    // Written beside and moved: nobody finds half a file, and of two processes that make a key at once the first one's stays.
    private static void Place(string file, string text, bool overwrite)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var beside = $"{file}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(beside, options))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(beside, file, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(file))
        {
            File.Delete(beside);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(AuditCheckpoint))]
internal sealed partial class AuditHeadJson : JsonSerializerContext;
