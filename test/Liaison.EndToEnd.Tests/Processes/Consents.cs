using Liaison.Testing;

namespace Liaison.EndToEnd.Tests.Processes;

/// <summary>Connects by consent.</summary>
internal static class Consents
{
    /// <summary>Runs the verb and is the browser: it opens the page that is printed and follows where it leads.</summary>
    public static async Task<Ended> GiveAsync(Workplace place, string connection, params string[] options)
    {
        await using var adding = place.Start(["connect", "add", connection, "--oauth", "--redirect-port", $"{FreePort.Find()}", .. options]);
        using var browser = new HttpClient(new SocketsHttpHandler());
        (await browser.GetAsync(new Uri(await adding.LineWithAsync("/oauth/authorize?")))).EnsureSuccessStatusCode();
        return (await adding.EndAsync()).ShouldEndWith(0);
    }
}
