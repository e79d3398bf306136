namespace Liaison.Emulators.HubSpot.Model;

/// <summary>A pipeline with its stages.</summary>
internal sealed class Pipeline(string id, string label, int displayOrder, DateTimeOffset createdAt)
{
    public string Id { get; } = id;

    public string Label { get; set; } = label;

    public int DisplayOrder { get; set; } = displayOrder;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public bool Archived { get; set; }

    public List<PipelineStage> Stages { get; } = [];

    public List<PipelineAudit> Audit { get; } = [];
}

/// <summary>A stage; its metadata values are strings even where they are numbers or truths (contract section 10).</summary>
internal sealed class PipelineStage(string id, string label, int displayOrder, DateTimeOffset createdAt)
{
    public string Id { get; } = id;

    public string Label { get; set; } = label;

    public int DisplayOrder { get; set; } = displayOrder;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public bool Archived { get; set; }

    public string WritePermissions { get; init; } = "CRM_PERMISSIONS_ENFORCEMENT";

    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Gets the properties that a record must hold to enter the stage; asked for from 2026-09.</summary>
    public IReadOnlyList<string> RequiredProperties { get; init; } = [];

    public bool IsClosed => Metadata.GetValueOrDefault("isClosed") == "true" || Metadata.GetValueOrDefault("ticketState") == "CLOSED";
}

/// <summary>One change to a pipeline.</summary>
internal sealed record PipelineAudit(string Action, string Identifier, DateTimeOffset At, long? UserId);
