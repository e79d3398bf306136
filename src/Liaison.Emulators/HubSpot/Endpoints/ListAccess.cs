using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Lists;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Finds lists for a caller, brought up to the present.</summary>
internal static class ListAccess
{
    /// <summary>Finds a list that is not deleted.</summary>
    public static bool TryFind(Call call, string? id, [NotNullWhen(true)] out CrmList? list)
    {
        list = Number(id) is { } number ? call.Account.Lists.Find(number) : null;
        if (list is null or { DeletedAt: not null })
        {
            return false;
        }

        call.Account.Lists.Settle(list, Instants.ToMilliseconds(call.Now));
        return true;
    }

    public static Reply WithList(Refusals refusals, Call call, Func<CrmList, Reply> work) =>
        TryFind(call, call["list"], out var list) ? work(list) : NotFound(refusals, call["list"]);

    public static Reply NotFound(Refusals refusals, string? id) => refusals.NotFound($"List does not exist with ID {id}.");

    public static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
