namespace Liaison.Emulators.Salesforce.Bulk;

/// <summary>Text too large for memory, kept in a file of its own that goes with it.</summary>
/// <remarks>A reader keeps what it reads even when the file goes first: the name is gone, not the content.</remarks>
internal sealed class SpillFile : IDisposable
{
    private readonly FileStream _file = new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.DeleteOnClose, BufferSize = 64 * 1024 });

    public long Length => _file.Length;

    /// <summary>Gets the stream to write at its end.</summary>
    public Stream End
    {
        get
        {
            _file.Seek(0, SeekOrigin.End);
            return _file;
        }
    }

    /// <summary>Opens what was written so far for reading; the caller disposes it.</summary>
    public Stream Read()
    {
        _file.Flush();
        return new FileStream(_file.Name, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 64 * 1024 });
    }

    public void Dispose() => _file.Dispose();
}
