using System.Text.Json;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Lists;

/// <summary>How a list gets its members.</summary>
internal enum ListProcessing
{
    /// <summary>By hand alone.</summary>
    Manual,

    /// <summary>By its filters, always anew.</summary>
    Dynamic,

    /// <summary>By its filters once, by hand from then on.</summary>
    Snapshot,
}

/// <summary>A record's place in a list.</summary>
/// <param name="Sequence">In which order the members joined.</param>
internal sealed record ListMember(long RecordId, long Sequence, DateTimeOffset JoinedAt, DateTimeOffset FirstJoinedAt);

/// <summary>When a list that follows its filters is to become one that is kept by hand.</summary>
/// <param name="On">The day; <see langword="null"/> where it is a time without change.</param>
internal sealed record ListConversion(DateOnly? On, int Offset, string? TimeUnit)
{
    public bool IsDue(CrmList list, DateTimeOffset now)
    {
        var idleSince = list.Sizes[^1].At;
        return On is { } day ? DateOnly.FromDateTime(now.UtcDateTime) >= day : now >= TimeUnit switch
        {
            "MONTH" => idleSince.AddMonths(Offset),
            "WEEK" => idleSince.AddDays(7 * Offset),
            _ => idleSince.AddDays(Offset),
        };
    }
}

/// <summary>How many members a list had from a moment on.</summary>
internal sealed record ListSize(DateTimeOffset At, int Count);

/// <summary>A folder of lists.</summary>
internal sealed class ListFolder(long id, string name, long parentId, DateTimeOffset createdAt, long? userId)
{
    public const long Root = 0;

    public long Id => id;

    public string Name { get; set; } = name;

    public long ParentId { get; set; } = parentId;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public DateTimeOffset ContentsUpdatedAt { get; set; } = createdAt;

    public long? UserId => userId;
}

/// <summary>A list of records of one type.</summary>
internal sealed class CrmList(long id, ObjectType type, string name, ListProcessing processing, DateTimeOffset createdAt, long? createdBy)
{
    private readonly SortedDictionary<long, ListMember> _members = [];
    private readonly Dictionary<long, DateTimeOffset> _firstJoined = [];
    private long _lastSequence;

    public long Id => id;

    public ObjectType Type => type;

    public string Name { get; set; } = name;

    public ListProcessing Processing { get; set; } = processing;

    public int Version { get; set; } = 1;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public long? CreatedBy { get; } = createdBy;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public long? UpdatedBy { get; set; } = createdBy;

    public DateTimeOffset? DeletedAt { get; set; }

    public DateTimeOffset? FiltersUpdatedAt { get; set; }

    public long FolderId { get; set; }

    /// <summary>Gets or sets the filters as they were given; undefined for lists without any.</summary>
    public JsonElement FilterBranch { get; set; }

    public ListTest? Filter { get; set; }

    public JsonElement Permissions { get; init; }

    public JsonElement MembershipSettings { get; init; }

    public IReadOnlyDictionary<string, string> CustomProperties { get; init; } = new Dictionary<string, string>();

    public ListConversion? Conversion { get; set; }

    public DateTimeOffset? ConvertedAt { get; set; }

    /// <summary>Gets the moments at which somebody changed the list itself.</summary>
    public List<DateTimeOffset> Edits { get; } = [createdAt];

    public List<ListSize> Sizes { get; } = [new(createdAt, 0)];

    /// <summary>Gets the members by ascending record id.</summary>
    public IReadOnlyCollection<ListMember> Members => _members.Values;

    public ListMember? MemberOf(long recordId) => _members.GetValueOrDefault(recordId);

    /// <summary>Takes a record in; says whether it was not in yet.</summary>
    public bool Join(long recordId, DateTimeOffset at)
    {
        if (_members.ContainsKey(recordId))
        {
            return false;
        }

        var first = _firstJoined.TryGetValue(recordId, out var before) ? before : _firstJoined[recordId] = at;
        _members[recordId] = new ListMember(recordId, ++_lastSequence, at, first);
        return true;
    }

    public bool Leave(long recordId) => _members.Remove(recordId);

    /// <summary>Notes the size where it changed.</summary>
    public void Measure(DateTimeOffset at)
    {
        if (Sizes[^1].Count != _members.Count)
        {
            Sizes.Add(new ListSize(at, _members.Count));
        }
    }

    /// <summary>Notes that somebody changed the list.</summary>
    public void Edit(DateTimeOffset at, long? userId)
    {
        (UpdatedAt, UpdatedBy) = (at, userId);
        Version++;
        Edits.Add(at);
    }
}
