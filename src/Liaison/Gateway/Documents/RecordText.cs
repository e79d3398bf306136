using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Gateway.Documents;

/// <summary>Reads the text form of record refs, <c>connection/type/id</c>.</summary>
public static class RecordText
{
    /// <summary>Reads one.</summary>
    /// <param name="member">The member of the document that it stands in, for the refusal.</param>
    public static Result<RecordRef> Parse(string text, string member)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [{ Length: > 0 } connection, { Length: > 0 } type, { Length: > 0 } id]
            ? new RecordRef(new ConnectionName(connection), new RecordType(type), id)
            : new Failure(FailureKind.Invalid, $"\"{member}\" is no record; write it as connection/type/id, as in hubspot/contact/151.") { Field = member };
    }
}
