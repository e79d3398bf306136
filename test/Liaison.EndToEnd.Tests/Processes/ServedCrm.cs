namespace Liaison.EndToEnd.Tests.Processes;

/// <summary>One small emulator for the tests of a class that leave its records as they are.</summary>
public sealed class ServedCrm : IAsyncLifetime
{
    private readonly Workplace place = new();
    private Emulator? crm;

    internal Emulator Crm => crm!;

    public async ValueTask InitializeAsync() =>
        crm = await Emulator.StartAsync(place.Folder, "--contacts", "200", "--companies", "20", "--ai-fields", "--limits", "off");

    public async ValueTask DisposeAsync()
    {
        await Crm.DisposeAsync();
        place.Dispose();
    }
}
