-- Drives the language server as somebody at a keyboard would: `nvim --headless -c "luafile neovim.lua"` with MILEPOST (the
-- command) and PATHWAYS (the folder) in the environment. Prints a line for each thing seen; the test compares them.

local folder = vim.env.PATHWAYS
local said = {}
local told = 0

local function say(what, text)
  table.insert(said, what .. ": " .. tostring(text))
end

local function wait(what, ready)
  if not vim.wait(20000, ready, 10) then
    error(what .. " never came")
  end
end

-- The cursor on a text, so many characters after its first.
local function go(text, further)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
    local column = line:find(text, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 + (further or 0) })
      return number - 1
    end
  end
  error("there is no " .. text)
end

local function ask(method, more)
  local params = vim.lsp.util.make_position_params(0, "utf-16")
  for key, value in pairs(more or {}) do
    params[key] = value
  end
  local answers, why = vim.lsp.buf_request_sync(0, method, params, 20000)
  assert(answers, why)
  local _, answer = next(answers)
  local refused = answer.err or answer.error
  if refused then
    return nil, refused.message
  end
  return answer.result
end

local function lines(first, last)
  return { range = {
    start = { line = first, character = 0 },
    ["end"] = { line = last, character = 0 },
  } }
end

-- Types something, and waits for what is said of the text then.
local function type(keys)
  local before = told
  vim.cmd("normal! " .. keys)
  wait("word after typing", function()
    return told > before
  end)
end

local function problems()
  local all = vim.diagnostic.get(0)
  return #all == 0 and "none" or vim.split(all[1].message, "\n")[1]
end

local function run()
  local hear = vim.lsp.handlers["textDocument/publishDiagnostics"]
  vim.lsp.handlers["textDocument/publishDiagnostics"] = function(...)
    hear(...)
    told = told + 1
  end
  vim.o.hidden = true
  vim.cmd("edit " .. vim.fn.fnameescape(folder .. "/teaching_matters/data_driver.pathway"))
  local client = vim.lsp.start_client({
    name = "milepost",
    cmd = { vim.env.MILEPOST, "lsp" },
    root_dir = folder,
    workspace_folders = { { uri = vim.uri_from_fname(folder), name = "pathways" } },
  })
  vim.lsp.buf_attach_client(0, client)
  wait("the first word", function()
    return told > 0
  end)
  say("problems", problems())

  go("role data_lead", 5)
  say("hover", vim.split(ask("textDocument/hover").contents.value, "\n")[1])
  local last = vim.api.nvim_buf_line_count(0)
  local hints = ask("textDocument/inlayHint", lines(0, last))
  say("hint", hints[#hints].label)
  say("outline", ask("textDocument/documentSymbol")[1].name)
  say("folding", ask("textDocument/foldingRange")[1].kind)
  local tokens = ask("textDocument/semanticTokens/full").data
  say("tokens", #tokens % 5 == 0 and #tokens > 5000)
  say("symbol", ask("workspace/symbol", { query = "national_board_cert" })[1].name)
  say("formatting", #ask("textDocument/formatting", { options = { tabSize = 2, insertSpaces = true } }))

  go("requires rule micro_credential(tasks: 2", 35)
  say("signature", ask("textDocument/signatureHelp").signatures[1].label)
  say("parameter", ask("textDocument/signatureHelp").activeParameter)
  go("requires rule micro_credential", 15)
  local declared = ask("textDocument/definition")
  say("definition", vim.fn.fnamemodify(vim.uri_to_fname(declared.uri), ":t"))
  local used = ask("textDocument/references", { context = { includeDeclaration = true } })
  local files = {}
  for _, place in ipairs(used) do
    files[vim.fn.fnamemodify(vim.uri_to_fname(place.uri), ":t")] = true
  end
  files = vim.tbl_keys(files)
  table.sort(files)
  say("references", table.concat(files, " "))

  -- A mistake is told as it is typed, and gone when the offer is taken.
  local line = go("licence_expires >= today", 0)
  type("x")
  say("typed", problems())
  local context = { diagnostics = {} }
  local actions = ask("textDocument/codeAction", vim.tbl_extend("force", lines(line, line + 1), { context = context }))
  say("action", actions[1].title)
  local before = told
  vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
  wait("word after mending", function()
    return told > before
  end)
  say("mended", problems())

  go("at least 2 annual_rating among latest 3 where level >= ", 56)
  local offers = {}
  for _, offer in ipairs(ask("textDocument/completion")) do
    table.insert(offers, offer.label)
  end
  say("completion", table.concat(offers, " "))

  -- Renaming changes the other programmes as well, and scenarios here.
  go("role data_lead", 6)
  say("place", ask("textDocument/prepareRename").start.character)
  local _, refused = ask("textDocument/rename", { newName = "where" })
  say("refused", refused)
  local renamed = ask("textDocument/rename", { newName = "head_of_data" })
  before = told
  vim.lsp.util.apply_workspace_edit(renamed, "utf-16")
  wait("word after renaming", function()
    return told > before
  end)
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
  local _, left = text:gsub("data_lead", "")
  local _, new = text:gsub("head_of_data", "")
  say("renamed", left .. " left, " .. new .. " new, " .. problems())
  go("formerly data_lead", 0)

  -- What is undone is told as well.
  type("u")
  say("undone", problems())
  vim.lsp.get_client_by_id(client).stop()
  wait("the end", function()
    return vim.lsp.get_client_by_id(client) == nil
  end)
  say("stopped", true)
end

local good, why = pcall(run)
if not good then
  say("failed", why)
end
io.stdout:write(table.concat(said, "\n") .. "\n")
vim.cmd("qa!")
