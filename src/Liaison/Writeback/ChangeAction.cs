using Liaison.Connectors;
using Liaison.Model;

namespace Liaison.Writeback;

/// <summary>What a change set does: one vocabulary for updates, creates, links and actions.</summary>
/// <remarks>The family is closed; <see cref="ChangeKind"/> names its cases outward.</remarks>
public abstract record ChangeAction
{
    private ChangeAction()
    {
    }

    /// <summary>Gets the kind.</summary>
    public abstract ChangeKind Kind { get; }

    /// <summary>Gets the record that the change is about; its id is empty for a record that is yet to be made.</summary>
    public abstract RecordRef Target { get; }

    /// <summary>Sets fields of a record to absolute values; <see cref="FieldValue.Empty"/> clears.</summary>
    public sealed record UpdateFields(RecordRef Record, IReadOnlyList<FieldChange> Fields) : ChangeAction
    {
        /// <inheritdoc/>
        public override ChangeKind Kind => ChangeKind.UpdateFields;

        /// <inheritdoc/>
        public override RecordRef Target => Record;
    }

    /// <summary>Makes a record, linked from the first moment on where links are given (R82).</summary>
    public sealed record CreateRecord(
        ConnectionName Connection, RecordType Type, IReadOnlyList<FieldChange> Fields, IReadOnlyList<RecordLink> Links) : ChangeAction
    {
        /// <inheritdoc/>
        public override ChangeKind Kind => ChangeKind.CreateRecord;

        /// <inheritdoc/>
        public override RecordRef Target => new(Connection, Type, "");
    }

    /// <summary>Links two records, or parts them.</summary>
    /// <param name="To">The other record; a company's id may be empty, and the gateway then finds the company that the contact works for.</param>
    /// <param name="Label">What the link is called; <see langword="null"/> for a plain one, which is never the primary.</param>
    public sealed record Associate(RecordRef Record, RecordRef To, string? Label = null, bool Remove = false) : ChangeAction
    {
        /// <inheritdoc/>
        public override ChangeKind Kind => ChangeKind.Associate;

        /// <inheritdoc/>
        public override RecordRef Target => Record;
    }

    /// <summary>Makes a task on a record.</summary>
    /// <param name="Owner">Who is to do it, by the CRM's owner id; <see langword="null"/> leaves it to nobody.</param>
    public sealed record CreateTask(
        RecordRef Record, string Subject, string? Text, DateTimeOffset DueAt, string? Owner = null) : ChangeAction
    {
        /// <inheritdoc/>
        public override ChangeKind Kind => ChangeKind.CreateTask;

        /// <inheritdoc/>
        public override RecordRef Target => Record;
    }

    /// <summary>Moves a record to another stage, by value or label.</summary>
    /// <param name="Pipeline">The pipeline that the stage is of; <see langword="null"/> keeps the record's.</param>
    public sealed record MoveStage(RecordRef Record, string Stage, string? Pipeline = null) : ChangeAction
    {
        /// <inheritdoc/>
        public override ChangeKind Kind => ChangeKind.MoveStage;

        /// <inheritdoc/>
        public override RecordRef Target => Record;
    }

    /// <summary>Gives a record another owner, by the CRM's owner id.</summary>
    public sealed record AssignOwner(RecordRef Record, string Owner) : ChangeAction
    {
        /// <inheritdoc/>
        public override ChangeKind Kind => ChangeKind.AssignOwner;

        /// <inheritdoc/>
        public override RecordRef Target => Record;
    }

    /// <summary>Logs what was said, on a record.</summary>
    /// <param name="As">As what it is logged: a note, a call or a meeting.</param>
    /// <param name="OccurredAt">When it was said; <see langword="null"/> means now.</param>
    public sealed record LogSummary(
        RecordRef Record, RecordType As, string? Subject, string Text, DateTimeOffset? OccurredAt = null) : ChangeAction
    {
        /// <summary>Gets the record types that a summary may be logged as; every other is made by <see cref="CreateRecord"/>, which waits for a person.</summary>
        public static IReadOnlyList<RecordType> Forms { get; } = [RecordType.Note, RecordType.Call, RecordType.Meeting];

        /// <summary>Gets a value indicating whether it is logged as one of <see cref="Forms"/>.</summary>
        public bool IsLoggable => Forms.Contains(As);

        /// <inheritdoc/>
        public override ChangeKind Kind => ChangeKind.LogSummary;

        /// <inheritdoc/>
        public override RecordRef Target => Record;
    }

    /// <summary>Drafts a message to the person whom a record stands for; a person sends it, or nobody does.</summary>
    public sealed record DraftMessage(RecordRef Record, string Subject, string Text) : ChangeAction
    {
        /// <inheritdoc/>
        public override ChangeKind Kind => ChangeKind.DraftMessage;

        /// <inheritdoc/>
        public override RecordRef Target => Record;
    }
}
