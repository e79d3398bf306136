using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Liaison.Emulators.Salesforce.Soql;
using Liaison.Emulators.Salesforce.Soql.Answers;
using Liaison.Emulators.Salesforce.Soql.Execution;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Tests.Salesforce.Soql;

/// <summary>Runs statements and gives what would go over the wire.</summary>
internal static class SoqlAnswers
{
    public const string Root = "/services/data/v66.0";

    public static JsonNode Ask(this ISoqlSchema org, string text, bool withDeleted = false)
    {
        var fault = SoqlEngine.Run(text, org, withDeleted, out var result);
        fault.ShouldBeNull(text);
        return Page(result, 0, PageSize.Of(result, null), new SoqlCursors());
    }

    public static SoqlFault Refuse(this ISoqlSchema org, string text)
    {
        var fault = SoqlEngine.Run(text, org, withDeleted: false, out _);
        return fault.ShouldNotBeNull(text);
    }

    /// <summary>Gives one column of the records, in order.</summary>
    public static string?[] Column(this ISoqlSchema org, string text, string field = "Name") =>
        [.. org.Ask(text)["records"]!.AsArray().Select(record => record![field]?.ToString())];

    public static JsonNode Page(SoqlResult result, int from, int pageSize, SoqlCursors cursors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            new AnswerWriter(json, Root, pageSize, (rest, at) => cursors.Open(rest, at, "005", pageSize, SoqlOrg.Now)).Write(result, from);
        }

        return JsonNode.Parse(buffer.WrittenSpan)!;
    }
}
