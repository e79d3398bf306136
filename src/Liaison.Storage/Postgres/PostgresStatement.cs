using Npgsql;
using NpgsqlTypes;

namespace Liaison.Storage.Postgres;

/// <summary>A statement with its parameters, run once; results are read whole, so that a connection never runs two at a time.</summary>
internal sealed class PostgresStatement(NpgsqlCommand command, CancellationToken cancellationToken)
{
    public PostgresStatement With(string name, string? value) => Add(name, NpgsqlDbType.Text, value is null ? null : PostgresText.Storable(value));

    public PostgresStatement With(string name, long? value) => Add(name, NpgsqlDbType.Bigint, value);

    public PostgresStatement With(string name, bool value) => Add(name, NpgsqlDbType.Boolean, value);

    public PostgresStatement With(string name, byte[] value) => Add(name, NpgsqlDbType.Bytea, value);

    public PostgresStatement With(string name, TimeSpan value) => Add(name, NpgsqlDbType.Interval, value);

    /// <summary>Binds a time to the millisecond, as it is kept everywhere.</summary>
    public PostgresStatement With(string name, DateTimeOffset? value) => Add(name, NpgsqlDbType.TimestampTz, value?.ToMillisecond());

    public PostgresStatement With(string name, IEnumerable<string?> values) =>
        Add(name, NpgsqlDbType.Array | NpgsqlDbType.Text, values.Select(value => value is null ? null : PostgresText.Storable(value)).ToArray());

    public PostgresStatement With(string name, IEnumerable<long> values) => Add(name, NpgsqlDbType.Array | NpgsqlDbType.Bigint, values.ToArray());

    public PostgresStatement With(string name, IEnumerable<long?> values) => Add(name, NpgsqlDbType.Array | NpgsqlDbType.Bigint, values.ToArray());

    public PostgresStatement With(string name, IEnumerable<bool> values) => Add(name, NpgsqlDbType.Array | NpgsqlDbType.Boolean, values.ToArray());

    public PostgresStatement With(string name, IEnumerable<DateTimeOffset> values) =>
        Add(name, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, values.Select(value => value.ToMillisecond()).ToArray());

    public PostgresStatement With(string name, IEnumerable<DateTimeOffset?> values) =>
        Add(name, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, values.Select(value => value?.ToMillisecond()).ToArray());

    /// <summary>Lets it take as long as it takes, where the library would call it off after half a minute.</summary>
    public PostgresStatement Patiently()
    {
        command.CommandTimeout = 0;
        return this;
    }

    /// <summary>Runs it and gives how many rows it touched.</summary>
    public async Task<int> ExecuteAsync()
    {
        await using (command)
        {
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public async Task<List<TItem>> ListAsync<TItem>(Func<PostgresRow, TItem> read)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var items = new List<TItem>();
            while (await reader.ReadAsync(cancellationToken))
            {
                items.Add(read(new PostgresRow(reader)));
            }

            return items;
        }
    }

    /// <summary>Gives the first row; <see langword="null"/> where there is none.</summary>
    public async Task<TItem?> FirstAsync<TItem>(Func<PostgresRow, TItem> read)
        where TItem : class?
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? read(new PostgresRow(reader)) : null;
        }
    }

    /// <summary>Gives the whole number in the first column of the first row; <see langword="null"/> where there is none.</summary>
    public async Task<long?> NumberAsync()
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? new PostgresRow(reader).NumberOrNull(0) : null;
        }
    }

    /// <summary>Hands each row over where it lies in the connection's buffer.</summary>
    public async Task EachAsync(Action<PostgresRow> read)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                read(new PostgresRow(reader));
            }
        }
    }

    private PostgresStatement Add(string name, NpgsqlDbType type, object? value)
    {
        command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });
        return this;
    }
}

/// <summary>The row that a reader stands on; it holds only while it is being read.</summary>
internal readonly struct PostgresRow(NpgsqlDataReader reader)
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public long Number(int column) => reader.GetInt64(column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public bool Flag(int column) => reader.GetBoolean(column);

    public string Text(int column) => reader.GetString(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Gives the bytes of a blob, or of a text in UTF-8.</summary>
    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    public DateTimeOffset Time(int column) => new(reader.GetDateTime(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);
}
