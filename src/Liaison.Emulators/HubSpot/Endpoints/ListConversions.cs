using System.Globalization;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Lists;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>When a list that follows its filters is to be frozen.</summary>
internal sealed class ListConversions(Refusals refusals)
{
    private static readonly string[] Units = ["DAY", "WEEK", "MONTH"];

    public Reply Get(Call call) => ListAccess.WithList(refusals, call, list => list.Conversion is null && list.ConvertedAt is null
        ? refusals.NotFound($"No conversion of list {list.Id} is scheduled.")
        : Answer(list));

    public Reply Put(Call call) => ListAccess.WithList(refusals, call, list =>
    {
        if (list.Processing != ListProcessing.Dynamic)
        {
            return refusals.Validation("Only a DYNAMIC list can be converted.");
        }

        if (Read(call) is not { } conversion)
        {
            return refusals.Validation("A conversion is a CONVERSION_DATE with year, month and day, or an INACTIVITY with an offset above zero and a timeUnit of DAY, WEEK or MONTH.");
        }

        list.Conversion = conversion;
        return Answer(list);
    });

    public Reply Delete(Call call) => ListAccess.WithList(refusals, call, list =>
    {
        list.Conversion = null;
        return Reply.NoContent;
    });

    private static ListConversion? Read(Call call)
    {
        int Of(string name) => call.Body.NumberOf(name, 0);
        return call.Text("conversionType") switch
        {
            "CONVERSION_DATE" when DateOnly.TryParseExact($"{Of("year")}-{Of("month")}-{Of("day")}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
                new ListConversion(day, 0, null),
            "INACTIVITY" when Of("offset") > 0 && Units.Contains(call.Text("timeUnit")) => new ListConversion(null, Of("offset"), call.Text("timeUnit")),
            _ => null,
        };
    }

    private static Reply Answer(CrmList list) => Reply.Ok(json =>
    {
        json.WriteStartObject();
        RecordJson.WriteId(json, "listId", list.Id);
        if (list.ConvertedAt is { } at)
        {
            RecordJson.WriteMoment(json, "convertedAt", at);
        }

        if (list.Conversion is { } conversion)
        {
            json.WriteStartObject("requestedConversionTime");
            json.WriteString("conversionType", conversion.On is null ? "INACTIVITY" : "CONVERSION_DATE");
            if (conversion.On is { } day)
            {
                json.WriteNumber("year", day.Year);
                json.WriteNumber("month", day.Month);
                json.WriteNumber("day", day.Day);
            }
            else
            {
                json.WriteNumber("offset", conversion.Offset);
                json.WriteString("timeUnit", conversion.TimeUnit);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    });
}
