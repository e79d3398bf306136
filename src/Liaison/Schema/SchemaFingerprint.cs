using System.Security.Cryptography;
using System.Text;
using Liaison.Model;

namespace Liaison.Schema;

/// <summary>What of a schema can break a mapping, in one short text; labels and descriptions move without moving it.</summary>
public static class SchemaFingerprint
{
    /// <summary>Gives the SHA-256 over the sorted fields as 64 hexadecimal digits.</summary>
    public static string Of(RecordSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, schema.NativeType);
        foreach (var field in schema.Fields.Values.OrderBy(field => field.NativeName, StringComparer.Ordinal))
        {
            Add(hash, field.NativeName);
            Add(hash, field.Type.ToString());
            Add(hash, field.NativeType);
            Add(hash, field.Writable ? "writable" : "read-only");
            Add(hash, field.Unique ? "unique" : "any");
            foreach (var option in field.Options.OrderBy(option => option.Value, StringComparer.Ordinal))
            {
                Add(hash, option.Value);
                Add(hash, option.Active ? "active" : "retired");
            }

            Add(hash, "\u0001end");
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The length goes before the text, so that no two lists of texts run together to the same bytes.
    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
