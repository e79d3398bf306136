using System.Text.Json.Serialization;
using Liaison.Model;

namespace Liaison.Identity;

/// <summary>Whose rights bound a request.</summary>
public enum SubjectKind
{
    /// <summary>A person with a seat in the CRM.</summary>
    User,

    /// <summary>A named principal of this installation, such as a pipeline; it has its own narrow grant and no seat in a CRM.</summary>
    Principal,
}

/// <summary>The user or named principal whose rights bound the request.</summary>
/// <param name="Id">The stable id: an e-mail address or subject claim for a user, the configured name for a principal.</param>
public sealed record Subject(SubjectKind Kind, string Id);

/// <summary>The agent or tool that acts for the subject, as in <c>qualify</c>, <c>cli</c> or a client's name.</summary>
public sealed record Actor(string Id);

/// <summary>What a request is for; policy grants by purpose and the audit keeps it.</summary>
public readonly record struct Purpose(string Name)
{
    /// <summary>Looking at and administering connections.</summary>
    public static Purpose Administration { get; } = new("administration");

    /// <summary>A person or agent reads records to work with them.</summary>
    public static Purpose Assistance { get; } = new("assistance");

    /// <summary>Scoring records.</summary>
    public static Purpose Qualification { get; } = new("qualification");

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Who asks: the subject whose rights bound the request, the actor that asks for them, and what for.</summary>
/// <param name="RunId">The run on whose behalf the request is made; joins audit, change sets and CRM calls.</param>
public sealed record Caller(Subject Subject, Actor Actor, Purpose Purpose, string? RunId = null)
{
    /// <summary>Gets the id of the API key that proved who asks.</summary>
    /// <value>The default is <see langword="null"/>: something else did.</value>
    public string? KeyId { get; init; }

    /// <summary>Gets the caller's own id of what this request is a part of; the audit and the call log keep it.</summary>
    /// <value>The default is <see langword="null"/>: the caller named none.</value>
    public string? CorrelationId { get; init; }

    /// <summary>Gets the trace that the gate opened for the request: joins the audit, the change set and every CRM call.</summary>
    /// <value>The default is <see langword="null"/>: the request has not come to the gate yet.</value>
    [JsonIgnore]
    public string? TraceId { get; init; }

    /// <summary>Gets the only connections that this caller may reach, whatever is granted.</summary>
    /// <value>The default is <see langword="null"/>: every connection that a grant opens. The audit keeps the key's id instead.</value>
    [JsonIgnore]
    public IReadOnlyList<ConnectionName>? Connections { get; init; }
}
