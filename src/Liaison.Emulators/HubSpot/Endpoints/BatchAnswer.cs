using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>One reason for which some inputs of a batch came to nothing; it may speak for many ids.</summary>
internal sealed record BatchFault(string Category, string Message, string? SubCategory, IReadOnlyList<(string Name, IReadOnlyList<string> Values)> Context);

/// <summary>The answer to a batch: its results in another order, and what failed.</summary>
internal sealed class BatchAnswer(IdSource ids)
{
    /// <summary>Shapes the answer; partly failed is 207, but in 2026-09 the plain status (contract sections 1 and 6.2).</summary>
    public Reply Of(Call call, int status, List<Action<Utf8JsonWriter>> results, IReadOnlyList<BatchFault> faults)
    {
        ids.Shuffle(results);
        return InOrder(call, status, results, faults);
    }

    /// <summary>Shapes an answer whose order means something.</summary>
    public static Reply InOrder(Call call, int status, IReadOnlyList<Action<Utf8JsonWriter>> results, IReadOnlyList<BatchFault> faults)
    {
        var partly = faults.Count > 0 && (!call.IsSeptember2026 || call.Account.Options.MultiStatusInSeptember2026);
        var at = Instants.Format(Instants.ToMilliseconds(call.Now));
        return new Reply(partly ? 207 : status, json =>
        {
            json.WriteStartObject();
            json.WriteString("status", "COMPLETE");
            json.WriteStartArray("results");
            foreach (var write in results)
            {
                write(json);
            }

            json.WriteEndArray();
            if (faults.Count > 0)
            {
                json.WriteNumber("numErrors", faults.Count);
                json.WriteStartArray("errors");
                foreach (var fault in faults)
                {
                    Write(json, fault);
                }

                json.WriteEndArray();
            }

            json.WriteString("requestedAt", at);
            json.WriteString("startedAt", at);
            json.WriteString("completedAt", at);
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, BatchFault fault)
    {
        json.WriteStartObject();
        json.WriteString("status", "error");
        json.WriteString("category", fault.Category);
        if (fault.SubCategory is not null)
        {
            json.WriteString("subCategory", fault.SubCategory);
        }

        json.WriteString("message", fault.Message);
        json.WriteStartObject("context");
        foreach (var (name, values) in fault.Context)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartArray("errors");
        json.WriteEndArray();
        json.WriteStartObject("links");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
