using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>What is certain of the account behind a fixture, stated by who made it, never learned through the connector.</summary>
/// <param name="Type">The record type that the suites work on.</param>
/// <param name="Ids">Every record of the type that the session sees; at least twelve.</param>
/// <param name="Known">One value that is known.</param>
/// <param name="Filtered">A filter and the records that pass it: some, not all.</param>
public sealed record ConnectorFacts(RecordType Type, IReadOnlyList<string> Ids, KnownValue Known, FilterFact Filtered)
{
    /// <summary>Gets an id in the CRM's form that no record has.</summary>
    public required string UnknownId { get; init; }

    /// <summary>Gets whose eyes the session's credential gives.</summary>
    public CredentialReach Reach { get; init; } = CredentialReach.Account;

    /// <summary>Gets a record type that the CRM lacks.</summary>
    public RecordType UnknownType { get; init; } = new("no_such_type");

    /// <summary>Gets a native field name that the type lacks.</summary>
    public string UnknownField { get; init; } = "no_such_field";

    /// <summary>Gets the name of a text field that can be written and cleared.</summary>
    public required string TextField { get; init; }

    /// <summary>Gets the native name of a field that cannot be written; <see langword="null"/> where the CRM has none.</summary>
    public string? ReadOnlyField { get; init; }

    /// <summary>Gets the links that are known; <see langword="null"/> where the connector declares none.</summary>
    public LinkFacts? Links { get; init; }

    /// <summary>Gets native values for a record that can be created, differing by number; one of them is unique in the CRM.</summary>
    public Func<int, IReadOnlyDictionary<string, string>>? NewRecord { get; init; }

    /// <summary>Gets the native name of the unique field of <see cref="NewRecord"/>; <see langword="null"/> where the connector declares no upserts.</summary>
    public string? UniqueField { get; init; }

    /// <summary>Gets the pipeline that is known; <see langword="null"/> where the connector declares none.</summary>
    public PipelineFacts? Pipelines { get; init; }

    /// <summary>Gets the e-mail address of one user who may own records.</summary>
    public required string OwnerEmail { get; init; }

    /// <summary>Gets a field that can be created.</summary>
    public FieldDefinition NewField { get; init; } =
        new("liaison_conformance", "liaison_conformance", "Liaison conformance", FieldType.Text);
}

/// <summary>A value of one record, as the CRM sends it.</summary>
/// <param name="Field">The canonical name of the field.</param>
public sealed record KnownValue(string Id, string Field, string Raw);

/// <summary>A filter and what passes it.</summary>
public sealed record FilterFact(RecordFilter Filter, IReadOnlyList<string> Ids);

/// <summary>Known links from records of the fixture's type.</summary>
/// <param name="LinkedId">A record with links.</param>
/// <param name="ToIds">To which records it is linked.</param>
/// <param name="PrimaryId">The one marked as primary; <see langword="null"/> where the CRM marks none.</param>
/// <param name="LonelyId">A record without links.</param>
public sealed record LinkFacts(RecordType To, string LinkedId, IReadOnlyList<string> ToIds, string? PrimaryId, string LonelyId)
{
    /// <summary>Gets a label that such a link can have, other than the primary mark; <see langword="null"/> where the CRM has no labels.</summary>
    public string? Label { get; init; }

    /// <summary>Gets a value indicating whether a record of the other type is linked to one of the fixture's at a time, as where it holds the link in a field.</summary>
    public bool OneEach { get; init; }
}

/// <summary>A known pipeline.</summary>
/// <param name="Stages">The ids of its stages, in order.</param>
/// <param name="Closed">Those of them that close a record.</param>
public sealed record PipelineFacts(RecordType Type, string Id, IReadOnlyList<string> Stages, IReadOnlyList<string> Closed);
