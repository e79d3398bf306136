using Liaison.Model;

namespace Liaison.Context;

/// <summary>What a model or a scorecard is given of one record: typed, with its sources, in an order that never varies.</summary>
/// <param name="Subject">The record that the packet is about.</param>
/// <param name="Profile">The profile that it was made by.</param>
/// <param name="Sections">The sections in the profile's order.</param>
/// <param name="Unavailable">The sections that could not be filled.</param>
public sealed record ContextPacket(
    RecordRef Subject,
    string Profile,
    IReadOnlyList<ContextSection> Sections,
    IReadOnlyList<UnavailableSection> Unavailable)
{
    /// <summary>Finds a section by name; <see langword="null"/> where the packet has none or could not fill it.</summary>
    public ContextSection? Find(string section)
    {
        foreach (var candidate in Sections)
        {
            if (candidate.Name == section)
            {
                return candidate;
            }
        }

        return null;
    }
}

/// <summary>A part of a packet, of one record.</summary>
/// <param name="Fields">The fields in the profile's order; each says whether it is present, empty, absent or not permitted.</param>
/// <param name="Provenance">The record that the fields come from and when it was read.</param>
/// <param name="UpdatedAt">When the record last changed in the CRM.</param>
/// <param name="Stale">Whether that was longer ago than the profile thinks good.</param>
public sealed record ContextSection(
    string Name, IReadOnlyList<Field> Fields, Provenance Provenance, DateTimeOffset? UpdatedAt, bool Stale)
{
    /// <summary>Finds a field by name; <see langword="null"/> where the profile asks for none of that name.</summary>
    public Field? Find(string field)
    {
        foreach (var candidate in Fields)
        {
            if (candidate.Name == field)
            {
                return candidate;
            }
        }

        return null;
    }
}

/// <summary>A section that could not be filled and why, in words for a person or a model.</summary>
public sealed record UnavailableSection(string Name, string Reason);
