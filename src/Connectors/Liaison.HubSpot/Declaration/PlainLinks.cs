using System.Collections.Frozen;

namespace Liaison.HubSpot.Declaration;

/// <summary>The ids of the plain kinds of link, which are the same in every account; section 8 of contracts/hubspot.md.</summary>
/// <remarks>A user-level token may not list the kinds of link, but may create records with links: those it can make are these.</remarks>
internal static class PlainLinks
{
    private static readonly FrozenDictionary<(string From, string To), int> Ids = new Dictionary<(string From, string To), int>
    {
        [("contacts", "companies")] = 279, [("companies", "contacts")] = 280,
        [("contacts", "deals")] = 4, [("deals", "contacts")] = 3,
        [("contacts", "tickets")] = 15, [("tickets", "contacts")] = 16,
        [("companies", "deals")] = 342, [("deals", "companies")] = 341,
        [("companies", "tickets")] = 340, [("tickets", "companies")] = 339,
        [("deals", "tickets")] = 27, [("tickets", "deals")] = 28,
        [("contacts", "contacts")] = 449, [("companies", "companies")] = 450, [("deals", "deals")] = 451, [("tickets", "tickets")] = 452,
        [("notes", "contacts")] = 202, [("notes", "companies")] = 190, [("notes", "deals")] = 214, [("notes", "tickets")] = 228,
        [("tasks", "contacts")] = 204, [("tasks", "companies")] = 192, [("tasks", "deals")] = 216, [("tasks", "tickets")] = 230,
        [("calls", "contacts")] = 194, [("calls", "companies")] = 182, [("calls", "deals")] = 206, [("calls", "tickets")] = 220,
        [("emails", "contacts")] = 198, [("emails", "companies")] = 186, [("emails", "deals")] = 210, [("emails", "tickets")] = 224,
        [("meetings", "contacts")] = 200, [("meetings", "companies")] = 188, [("meetings", "deals")] = 212, [("meetings", "tickets")] = 226,
    }.ToFrozenDictionary();

    /// <summary>Finds the id of the plain kind between two types by their native names; <see langword="null"/> where it is not known to be the same everywhere.</summary>
    internal static int? Find(string from, string to) => Ids.TryGetValue((from, to), out var id) ? id : null;
}
