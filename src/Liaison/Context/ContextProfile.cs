using Liaison.Model;

namespace Liaison.Context;

/// <summary>What a packet for one use holds: which sections, and which fields of which record in each.</summary>
/// <param name="Name">The name by which callers ask for it.</param>
/// <param name="StaleAfter">How long ago a record may have changed before its sections are marked stale.</param>
/// <param name="Sections">The sections in the order of the packet.</param>
public sealed record ContextProfile(string Name, TimeSpan StaleAfter, IReadOnlyList<ProfileSection> Sections)
{
    /// <summary>Gives the fields that the profile asks of a record type, none twice.</summary>
    public IReadOnlyList<string> FieldsOf(RecordType type) =>
        [.. Sections.Where(section => section.Type == type).SelectMany(section => section.Fields).Distinct(StringComparer.Ordinal)];

    /// <summary>Gives the profile with more fields, each named by its section, as in <c>person.lead_origin</c>; those of sections that it lacks are ignored.</summary>
    public ContextProfile Including(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var wanted = paths.Select(path => path.Split('.', 2)).Where(path => path.Length == 2).ToLookup(path => path[0], path => path[1]);
        return this with
        {
            Sections = [.. Sections.Select(section => section with
            {
                Fields = [.. section.Fields.Concat(wanted[section.Name].Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal)],
            })],
        };
    }
}

/// <summary>A section of a profile.</summary>
/// <param name="Type">The record that the fields come from.</param>
/// <param name="Fields">The fields by name, in the order of the packet.</param>
public sealed record ProfileSection(string Name, RecordType Type, IReadOnlyList<string> Fields);
