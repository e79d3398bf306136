using System.Text;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;

namespace Liaison.Reading.Filters;

/// <summary>Finds the field that somebody means: by name, native name or label, whatever the case and whatever parts the words.</summary>
/// <remarks>Only the given schema is asked; narrowed to what the caller may see, it makes forbidden and unknown one and the same (R54).</remarks>
internal static class FieldLookup
{
    public static Result<FieldDefinition> Find(RecordSchema schema, string text)
    {
        if ((schema.Find(text) ?? schema.Find(text.Replace(' ', '_').ToLowerInvariant())) is { } exact)
        {
            return exact;
        }

        var wanted = Bare(text);
        var named = schema.Fields.Values.Where(field => Bare(field.Name) == wanted || Bare(field.NativeName) == wanted).ToList();
        var fits = named.Count > 0 ? named : schema.Fields.Values.Where(field => Bare(field.Label) == wanted).ToList();
        return fits switch
        {
            [var only] => only,
            [] => PermittedSchema.Unknown(QuotedText.Neutralise(text, 60), schema.Type),
            _ => new Failure(
                FailureKind.Invalid,
                $"\"{fits[0].Label}\" on {schema.Type} may mean one of several fields; use one of: "
                + $"{string.Join(", ", fits.Select(field => field.Name).Order(StringComparer.Ordinal))}."),
        };
    }

    private static string Bare(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is not (' ' or '_' or '-'))
            {
                bare.Append(char.ToLowerInvariant(letter));
            }
        }

        return bare.ToString();
    }
}
