using System.Globalization;
using Liaison.Emulators.HubSpot.Limits;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.HubSpot.Serving;

/// <summary>Writes the limit headers; those that do not apply are left out (contract section 3).</summary>
internal static class LimitHeaders
{
    public static void Write(IHeaderDictionary headers, Allowance allowance)
    {
        if (allowance.Max is { } max)
        {
            headers["X-HubSpot-RateLimit-Max"] = Text(max);
            headers["X-HubSpot-RateLimit-Remaining"] = Text(allowance.Remaining ?? 0);
            headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = "10000";
            headers["X-HubSpot-RateLimit-Secondly"] = Text(max / 10);
            headers["X-HubSpot-RateLimit-Secondly-Remaining"] = Text(allowance.SecondlyRemaining ?? 0);
        }

        if (allowance.Daily is { } daily)
        {
            headers["X-HubSpot-RateLimit-Daily"] = Text(daily);
            headers["X-HubSpot-RateLimit-Daily-Remaining"] = Text(allowance.DailyRemaining ?? 0);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
