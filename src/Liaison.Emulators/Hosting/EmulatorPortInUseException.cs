namespace Liaison.Emulators.Hosting;

/// <summary>The port that an emulator was told to listen on belongs to another program.</summary>
/// <remarks>The message is one sentence meant for the person who typed the port.</remarks>
public sealed class EmulatorPortInUseException : Exception
{
    /// <summary>Names the port that is taken.</summary>
    public EmulatorPortInUseException(int port, Exception innerException)
        : base($"Port {port} on 127.0.0.1 is already in use; choose another port, or 0 for any free one.", innerException) => Port = port;

    /// <summary>Gets the port that was asked for.</summary>
    public int Port { get; }
}
