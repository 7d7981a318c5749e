-- Posts one form for each line "reference cookie token" of a list, with one thread:
--   wrk ... -- LIST PATH FROM ONCE BODY...
-- REF in the path and TOKEN in a body are those of the line. After the last line it begins again
-- with the next body; with ONCE = 1 it ends with an error instead.
local lines, bodies, path, once = {}, {}, nil, false
local at, turn = 0, 1

function init(args)
    path, once = args[2], args[4] == "1"
    for i = 5, #args do bodies[#bodies + 1] = args[i] end
    local number = 0
    for line in io.lines(args[1]) do
        number = number + 1
        if number > tonumber(args[3]) then
            lines[#lines + 1] = { line:match("(%S+) (%S+) (%S+)") }
        end
    end
end

function request()
    at = at + 1
    if at > #lines then
        if once then error("the list is used up: prepare more dossiers") end
        at, turn = 1, turn % #bodies + 1
    end
    local reference, cookie, token = lines[at][1], lines[at][2], lines[at][3]
    local body = bodies[turn]:gsub("TOKEN", token)
    return "POST " .. path:gsub("REF", reference) .. " HTTP/1.1\r\nHost: 127.0.0.1\r\n" ..
        "Content-Type: application/x-www-form-urlencoded\r\nCookie: dxready=" .. cookie ..
        "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end
