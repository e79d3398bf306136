using Liaison.House.Tests.Compiled;

namespace Liaison.House.Tests.Makers;

/// <summary>One way to a CRM: throttled, authorized, logged. Whoever could speak HTTP beside it would have another.</summary>
public sealed class HttpTests
{
    private static readonly HashSet<string> Wires =
    [
        "System.Net.Http.HttpClient", "System.Net.Http.HttpMessageInvoker", "System.Net.Http.IHttpClientFactory",
        "System.Net.Http.HttpMessageHandler", "System.Net.Http.HttpClientHandler", "System.Net.Http.SocketsHttpHandler",
        "System.Net.Http.HttpRequestMessage", "System.Net.WebRequest", "System.Net.WebClient",
        "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient", "System.Net.WebSockets.ClientWebSocket",
    ];

    // The emulators are servers, and the kit for connector authors has a plain channel of its own.
    private static readonly IReadOnlyList<CompiledAssembly> Clients =
        [.. OurAssemblies.All.Where(assembly => assembly.Name is not (OurAssemblies.Testing or OurAssemblies.Emulators))];

    [Fact]
    public void Only_the_engines_channel_speaks_http() => Speakers(Clients).Where(speaker => !InChannel(speaker.By) && !AsksTheIdentityProvider(speaker.By) && !TellsOfTrouble(speaker.By)).ShouldBeEmpty();

    [Fact]
    public void The_channel_does_speak_it() => Speakers(Clients).ShouldContain(speaker => InChannel(speaker.By));

    [Fact]
    public void A_second_way_is_seen() =>
        Speakers([OurAssemblies.Samples]).ShouldContain(speaker => speaker.By.FullName == "Liaison.House.Tests.Samples.SecondWay");

    private static IReadOnlyList<Use> Speakers(IEnumerable<CompiledAssembly> assemblies) =>
        [.. assemblies.SelectMany(assembly => assembly.Uses).Where(use => Wires.Contains(use.Of.FullName))];

    // No CRM is met there: the provider's discovery document and keys are fetched, and nothing is sent.
    private static bool AsksTheIdentityProvider(TypeKey type) =>
        type.FullName is "Liaison.Server.Rest.Authentication.OidcKeys" or "Liaison.Server.Rest.Authentication.AuthenticationSetup";

    // Nor here: an alert goes to the address that the operator configured, and carries no record.
    private static bool TellsOfTrouble(TypeKey type) => type.FullName is "Liaison.Alerts.AlertWebhook" or "Liaison.LiaisonServiceCollectionExtensions";

    private static bool InChannel(TypeKey type) => type is { Assembly: OurAssemblies.Engine, Namespace: "Liaison.Connectors" };
}
